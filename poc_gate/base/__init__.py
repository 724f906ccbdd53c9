"""What every package rests on: plug-ins, files that ship with it, work in several processes."""
