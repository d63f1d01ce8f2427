"""Who there is in a demonstration. The window knows them without importing the store's program."""

from msgspec import Struct

from workstation.domain.roles import Role

PASSWORD_VARIABLE = "WORKSTATION_PASSWORD"


class Account(Struct, frozen=True):
    """Somebody a visitor can be: who, and in which role."""

    account: str
    name: str
    role: Role


PEOPLE = (
    Account("handler", "Kelly Rowe", Role.HANDLER),
    Account("handler2", "Mo Ahmed", Role.HANDLER),
    Account("dispatcher", "Jo Oakley", Role.DISPATCHER),
    Account("supervisor", "Sam Keane", Role.SUPERVISOR),
    Account("imu", "Priya Nair", Role.IMU_REVIEWER),
)
INTAKE = Account("intake", "Demonstration intake", Role.INTAKE_MACHINE)
