"""A day's reports, one on each channel: how it came, what was said, and where."""

from workstation.domain.report import Channel

DAY = (
    (Channel.ONLINE, "My bike was taken from the racks at the station last night.", "Cambridge"),
    (Channel.ONLINE, "The neighbours play loud music every night until two.", "Huntingdon"),
    (Channel.CALL_101, "A man with a knife threatened my son outside the school.", "Wisbech"),
    (Channel.CHAT, "Somebody keyed my car in the multi-storey.", "Peterborough"),
    (Channel.IN_PERSON, "I found a purse on the bus.", "Ely"),
)
