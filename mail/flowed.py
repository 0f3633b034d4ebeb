"""Paragraphs of format=flowed text put together again (RFC 3676)."""


def unflowed(text: str, *, delete_space: bool) -> str:
    """Return *text* with soft line breaks taken out and quote marks as `> `.

    *delete_space* is the parameter DelSp: the blank before a soft break is no content.
    """
    lines: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        quotes = len(line) - len(content)
        content = content.removeprefix(" ")  # space-stuffing
        signature = content == "-- "
        if paragraph and (quotes != depth or signature):
            lines.append(_quoted("".join(paragraph), depth))
            paragraph = []
        depth = quotes
        if content.endswith(" ") and not signature:
            paragraph.append(content[:-1] if delete_space else content)
            continue
        lines.append(_quoted("".join(paragraph) + content, depth))
        paragraph = []
    if paragraph:
        lines.append(_quoted("".join(paragraph), depth))
    return "\n".join(lines)


def _quoted(line: str, depth: int) -> str:
    return f"{'>' * depth} {line}" if depth else line
