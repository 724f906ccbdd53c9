"""Rule packs and waivers: found, loaded, kept checked."""
