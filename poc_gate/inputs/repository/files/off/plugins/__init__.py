"""Tools, packs and plug-ins that a program loads only where somebody names or adds them."""
