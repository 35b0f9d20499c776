package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rehearsal that is killed, at one call of JDBC after the other, leaves nothing. */
class RehearsalCrashTest {

  private static final int STEP = 9;

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SQLITE", "POSTGRESQL"})
  void killed_anywhere_it_leaves_nothing(Kind kind) throws Exception {
    try (TestDatabase db = kind.openFile()) {
      db.jdbi().useHandle(h -> h.execute("create table before (id int)"));
      byte[] before = bytes(db);
      String answer = "";
      int killed = 0;
      for (int haltAt = STEP; answer.isEmpty(); haltAt += STEP) {
        try (ChildJvm child = ChildJvm.start(db.url(), haltAt, Duration.ofSeconds(20))) {
          child.awaitReady();
          child.tell(ChildProgram.REHEARSE);
          answer = child.answer();
        }
        killed += answer.isEmpty() ? 1 : 0;
        assertThat(db.hasTable("migrations")).as("halted at %d", haltAt).isFalse();
        assertThat(db.hasTable("migrations_journal")).isFalse();
        List<Integer> rows =
            db.jdbi()
                .withHandle(
                    h -> h.createQuery("select id from before").mapTo(Integer.class).list());
        assertThat(rows).isEmpty();
        assertThat(bytes(db)).isEqualTo(before);
      }
      assertThat(answer).endsWith(" statements").isNotEqualTo("0 statements");
      assertThat(killed).isGreaterThan(5);
    }
  }

  private static byte[] bytes(TestDatabase db) throws Exception {
    return db.kind() == Kind.SQLITE
        ? Files.readAllBytes(
            Path.of(db.url().replaceFirst("^jdbc:sqlite:(file:)?", "").replaceFirst("\\?.*", "")))
        : new byte[0];
  }
}
