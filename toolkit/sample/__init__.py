"""What the sample workspace, Nordlicht Kaffee, is made of: pictures that the project draws itself."""
