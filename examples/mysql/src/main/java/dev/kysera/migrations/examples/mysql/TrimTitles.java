package dev.kysera.migrations.examples.mysql;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

/** A body of several statements. JDBC needs no DELIMITER: that belongs to the command line. */
@Migration("004_trim_titles")
final class TrimTitles implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    handle.execute(
        """
        create trigger posts_trim_title before insert on posts for each row
        begin
          set new.title = trim(new.title);
          if new.title = '' then
            set new.title = 'Untitled';
          end if;
        end""");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("drop trigger posts_trim_title");
  }
}
