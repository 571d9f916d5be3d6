# embed.cmake: -DFROM=NAME.sql -DTO=NAME.sql.h: a file of SQL as a C string constant `NAME_sql`, for catalog queries, which are
# easier to read, and to try, as files of their own. Run at build time.
file(READ ${FROM} text)
get_filename_component(name ${FROM} NAME_WE)
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
file(WRITE ${TO} "static const char ${name}_sql[] =\n    \"${text}\";\n")
