package dev.kysera.migrations.examples.sqlite;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * SQLite cannot change a column: its table is built anew, while another one refers to it.
 *
 * <p>To drop a table is to delete its rows, and they would take their posts along. The PRAGMA that
 * prevents it does nothing in a transaction; so the migration begins one itself, after it. The
 * runner sets the PRAGMA back, whatever happens. And since a table that is built anew already can
 * be built anew again, the migration may simply run again after an interruption.
 */
@Migration(
    value = "003_ignore_case_of_emails",
    description = "No two e-mail addresses that differ only in case",
    transactional = false,
    rerunnable = true)
final class IgnoreCaseOfEmails implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    rebuildUsers(handle, "text collate nocase");
  }

  @Override
  public void down(Handle handle) {
    rebuildUsers(handle, "text");
  }

  private static void rebuildUsers(Handle handle, String typeOfEmail) {
    handle.execute("pragma foreign_keys = off");
    handle.useTransaction(
        transaction -> {
          transaction.execute(
              """
              create table new_users (
                id integer primary key autoincrement,
                email %s not null unique,
                created_at text default (datetime('now')) not null
              )"""
                  .formatted(typeOfEmail));
          transaction.execute(
              """
              insert into new_users (id, email, created_at)
              select id, email, created_at from users""");
          transaction.execute("drop table users");
          transaction.execute("alter table new_users rename to users");
          checkForeignKeys(transaction);
        });
  }

  private static void checkForeignKeys(Handle handle) {
    List<String> broken =
        handle
            .createQuery("select distinct \"table\" from pragma_foreign_key_check")
            .mapTo(String.class)
            .list();
    if (!broken.isEmpty()) {
      throw new IllegalStateException("rows refer to missing ones in " + broken);
    }
  }
}
