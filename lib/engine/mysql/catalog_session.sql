SELECT DATABASE(), @@sql_mode, @@sql_quote_show_create, @@max_allowed_packet, CURRENT_USER()
