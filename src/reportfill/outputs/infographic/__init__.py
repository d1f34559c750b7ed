"""The picture of a report (图解): what it shows and says, where that stands on its page, and how it is drawn."""
