"""What people write, read and checked: materials, layouts, contacts, printers."""
