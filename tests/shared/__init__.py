"""What tests share: a project, events and PDFs to try things on, and eyes to see them with."""
