"""Django's PostgreSQL backend, whose connections wait for a silent server only so long."""
