"""Records of many pilots, of many days, of many machines -> what they say together."""
