"""Small building blocks that every screen shares; import them from here.

Texts are given already translated. A part that shows words has a setter for them, so that a page's `retranslate()` can
say everything again in another language. Parts that paint take the theme first and ask it while they paint.
"""

from frontdesk.qtkit.parts.buttons import Button, IconButton, bind_keys, key_text
from frontdesk.qtkit.parts.choice import Choice, toggle
from frontdesk.qtkit.parts.fields import Field, Secret, edit, notes
from frontdesk.qtkit.parts.layout import Flex, column, frame, line, repolish, row, scroll
from frontdesk.qtkit.parts.lists import RowDelegate
from frontdesk.qtkit.parts.messages import Dialog, Empty, Notice, Toasts, announce
from frontdesk.qtkit.parts.pick import DropDown, Pick
from frontdesk.qtkit.parts.texts import Avatar, Chip, Elided, Facts, Icon, Paragraph, head, keycap, label, two

__all__ = [
    "Avatar",
    "Button",
    "Chip",
    "Choice",
    "Dialog",
    "DropDown",
    "Elided",
    "Empty",
    "Facts",
    "Field",
    "Flex",
    "Icon",
    "IconButton",
    "Notice",
    "Paragraph",
    "Pick",
    "RowDelegate",
    "Secret",
    "Toasts",
    "announce",
    "bind_keys",
    "column",
    "edit",
    "frame",
    "head",
    "key_text",
    "keycap",
    "label",
    "line",
    "notes",
    "repolish",
    "row",
    "scroll",
    "toggle",
    "two",
]
