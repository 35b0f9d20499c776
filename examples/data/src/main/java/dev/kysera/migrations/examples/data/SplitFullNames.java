package dev.kysera.migrations.examples.data;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Changes data and no table, so that a failure leaves nothing behind on any database. */
@Migration(
    value = "003_split_full_names",
    description = "Split full names at the last space",
    estimatedMillis = 30_000)
final class SplitFullNames implements JdbiMigration {

  // The migration's own view of the table: the application's classes will change one day.
  private record Whole(int id, String fullName) {

    String firstName() {
      return fullName.substring(0, lastSpace()).strip();
    }

    String lastName() {
      return fullName.substring(lastSpace()).strip();
    }

    private int lastSpace() {
      return Math.max(0, fullName.lastIndexOf(' '));
    }
  }

  private record Parts(int id, String firstName, String lastName) {

    String fullName() {
      return (firstName + " " + lastName).strip();
    }
  }

  @Override
  public void up(Handle handle) {
    List<Whole> users =
        handle
            .createQuery("select id, trim(full_name) as full_name from users")
            .map(ConstructorMapper.of(Whole.class))
            .list();
    try (PreparedBatch batch =
        handle.prepareBatch(
            "update users set first_name = :first, last_name = :last where id = :id")) {
      for (Whole user : users) {
        batch
            .bind("first", user.firstName())
            .bind("last", user.lastName())
            .bind("id", user.id())
            .add();
      }
      batch.execute();
    }
  }

  @Override
  public void down(Handle handle) {
    List<Parts> users =
        handle
            .createQuery("select id, first_name, last_name from users")
            .map(ConstructorMapper.of(Parts.class))
            .list();
    try (PreparedBatch batch =
        handle.prepareBatch("update users set full_name = :name where id = :id")) {
      for (Parts user : users) {
        batch.bind("name", user.fullName()).bind("id", user.id()).add();
      }
      batch.execute();
    }
  }
}
