package formatted;

import java.util.*;
import org.jdbi.v3.core.Handle;
import dev.kysera.migrations.annotation.Migration;
import java.util.concurrent.TimeUnit;
import dev.kysera.migrations.JdbiMigration;
import static java.util.stream.Collectors.joining;
import static java.lang.Math.max;

@Migration("002_long_strings")
class LongStrings implements JdbiMigration {
  static final String LONG = "create table a_table_with_a_really_long_name (id bigint generated always as identity primary key, name varchar(255) not null, email varchar(255) not null unique, created_at timestamp not null default current_timestamp)";
  private static final String PARTS = "alter table users " + "add column nickname varchar(100) not null default 'nobody', " + "add column age int not null default 0," +
      " add column height int";
  private final String mixed = 1 + 2 + "a" + "b" + 3 + "c" + "d".length() + "e" + 'f' + "g" + ("h" + "i") + "j".concat("k") + "l" + "a long text that makes the line longer than a hundred columns at last";

  @Override public void up(Handle handle) {
    handle.execute("insert into settings (name, value, description) values ('theme', 'dark', 'The colours of the pages, which users choose for themselves')");
    handle.execute("insert into settings (name, value) " + /* why */ "values ('a', 'b') on conflict do nothing and a few words more to fill the line" // why not
        + " returning name");
    handle.execute("\u00e4\u00f6\u00fc \"quoted\" \\ back \t tab \n new line \0 zero \7 \377 \' apostrophe, and so on until the line is longer than one hundred");
    handle.execute("https://example.org/a_very_long_address_without_any_blank_that_nobody_can_break_into_two_lines_at_all/really?x=1&y=2");
    String sql = "select count(*) from " + LONG.substring(0, max(1, 2)) + " where name = 'x' and email like '%@example.org' and created_at > current_timestamp" + " - interval '1 day'";
    handle.execute(sql.isEmpty() ? "select 1 from a_table_with_a_long_name where a_column = 'first'" + " or 1 = 2" : "select 2 from another_table_with_a_long_name where a = 'second'");
    handle.execute(Map.of("a", List.of("b")).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(joining(", ", "update t set ", " where id = 1 and name is not null")));
    handle.execute("line one\n" + "line two\n" + "line three is so long that it must be divided by anyone who reads a hundred columns only\n" + "line four\n");
  }

  @Override public void down(Handle handle) {
    handle.execute("drop table a_table_with_a_really_long_name cascade; drop table settings cascade; drop sequence if exists everything_else_there_was");
  }
}
