"""Words of our own, by which a test knows a text again wherever it comes out."""

# In every confidential text, so that a test can search all that a page gives away.
# An answer's in the first section, which the matrix's colleague was given; and in the others.
ANSWER_TOKEN = "tokanswer"
OTHERS_TOKEN = "tokothers"
FINDING_TOKEN = "tokfinding"
WORDING_TOKEN = "tokwording"
LETTER_TOKEN = "tokletter"
# What a member of a team noted while each is on their own.
ALONE_TOKEN = "tokalone"
POSTPONED_TOKEN = "tokpostponed"
# What a correction says otherwise, and why it was written.
CORRECTED_TOKEN = "tokcorrected"
WHY_TOKEN = "tokwhycorrected"
