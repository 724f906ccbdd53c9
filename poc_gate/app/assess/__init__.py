"""One pilot -> its result: read once, judged, with levers and the way out."""
