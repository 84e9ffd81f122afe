"""Where the boxes and arrows of a drawn flow go: plain arithmetic, the same for the screen and for paper."""

# In the units of the drawing: a box, and the way between two of them.
WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 148, 56, 44, 44, 28


def draw_flow(places, edges, height=HEIGHT):
    """Return the size of a flow, the place of each box and the path of each arrow.

    :param dict places: (column, row) by code
    :param edges: pairs of codes; an arrow up within a column goes round on the left side
    :param int height: of a box
    :rtype: dict
    """
    boxes = {
        code: {
            "x": MARGIN + column * (WIDTH + GAP_X),
            "y": 4 + row * (height + GAP_Y),
            "width": WIDTH,
            "height": height,
        }
        for code, (column, row) in places.items()
    }
    columns, rows = (1 + max(place[axis] for place in places.values()) for axis in (0, 1))
    return {
        "width": 2 * MARGIN + columns * (WIDTH + GAP_X) - GAP_X,
        "height": 8 + rows * (height + GAP_Y) - GAP_Y,
        "boxes": boxes,
        "arrows": [_arrow(boxes[start], boxes[end]) for start, end in edges],
    }


def _arrow(start, end):
    """Return the points of an arrow, and its head, as SVG paths."""
    height = start["height"]
    middle = start["y"] + height / 2
    if start["y"] == end["y"]:
        forward = start["x"] < end["x"]
        points = [
            (start["x"] + (WIDTH if forward else 0), middle),
            (end["x"] + (0 if forward else WIDTH), middle),
        ]
    elif end["y"] < start["y"]:
        left = start["x"] - MARGIN / 2
        top = end["y"] + height / 2
        points = [(start["x"], middle), (left, middle), (left, top), (end["x"], top)]
    else:
        turn = end["y"] - GAP_Y / 2
        here, there = start["x"] + WIDTH / 2, end["x"] + WIDTH / 2
        points = [(here, start["y"] + height), (here, turn), (there, turn), (there, end["y"])]
    return {"line": _path(points), "head": _head(points[-2], points[-1])}


def _path(points):
    return "M" + " L".join(f"{x:g},{y:g}" for x, y in points)


def _head(before, tip):
    """Return the triangle at the tip of an arrow."""
    (x0, y0), (x, y) = before, tip
    if y0 == y:
        back = x - 8 if x0 < x else x + 8
        points = [(x, y), (back, y - 5), (back, y + 5)]
    else:
        back = y - 8 if y0 < y else y + 8
        points = [(x, y), (x - 5, back), (x + 5, back)]
    return _path(points) + " Z"
