package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes into a flight recording. */
class FlightEventsTest {

  private static final MigrationRegistry FAILING =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"))
          .add(
              "002_bad",
              h -> {
                throw new IllegalStateException("a secret");
              })
          .add("003_c", h -> {})
          .build();

  @TempDir private Path folder;

  private interface Work {
    void run() throws Exception;
  }

  /** What this thread has written: other tests run beside it. */
  private List<RecordedEvent> recorded(Work work) throws Exception {
    try (Recording recording = new Recording()) {
      recording.start();
      work.run();
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith("dev.kysera."))
          .filter(event -> event.getThread().getJavaThreadId() == Thread.currentThread().getId())
          .toList();
    }
  }

  private static String migration(RecordedEvent event) {
    return "%s %s %s %s"
        .formatted(
            event.getString("migration"),
            event.getString("direction"),
            event.getString("outcome"),
            event.getString("error"));
  }

  @Test
  void a_run_and_its_migrations_are_events() throws Exception {
    try (TestDatabase db = Kind.H2.open()) {
      MigrationRunner runner = MigrationRunner.create(db.jdbi(), FAILING, db.options().build());
      List<RecordedEvent> events = recorded(() -> catchThrowable(runner::up));

      assertThat(events)
          .filteredOn(event -> event.getEventType().getName().endsWith(".Migration"))
          .extracting(FlightEventsTest::migration)
          .containsExactly(
              "001_a UP COMPLETED null", "002_bad UP FAILED java.lang.IllegalStateException");
      assertThat(events)
          .filteredOn(event -> event.getEventType().getName().endsWith(".Run"))
          .singleElement()
          .satisfies(
              run -> {
                assertThat(run.getString("direction")).isEqualTo("UP");
                assertThat(run.getInt("completed")).isEqualTo(1);
                assertThat(run.getInt("notRun")).isEqualTo(1);
                assertThat(run.getString("failed")).isEqualTo("002_bad");
                assertThat(run.getDuration()).isPositive();
              });
      assertThat(events).allSatisfy(e -> assertThat(e.toString()).doesNotContain("secret"));
    }
  }

  @Test
  void a_start_with_nothing_to_do_is_none() throws Exception {
    MigrationRegistry one =
        MigrationRegistry.builder().add("001_a", h -> h.execute("create table a (id int)")).build();
    try (TestDatabase db = Kind.H2.open()) {
      MigrationRunner runner = MigrationRunner.create(db.jdbi(), one, db.options().build());
      runner.up();

      assertThat(recorded(runner::up)).isEmpty();
    }
  }

  @Test
  void a_wait_for_another_run_is_one() throws Exception {
    MigrationRegistry one =
        MigrationRegistry.builder().add("001_a", h -> h.execute("create table a (id int)")).build();
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch waits = new CountDownLatch(1);
      MigrationRegistry slow =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  h -> {
                    h.execute("create table a (id int)");
                    inside.countDown();
                    waits.await();
                  })
              .build();
      Thread other =
          new Thread(() -> MigrationRunner.create(db.jdbi(), slow, db.options().build()).up());
      MigrationListener release =
          new MigrationListener() {
            @Override
            public void waitingForLock(Duration waited, Optional<String> holder) {
              waits.countDown();
            }
          };
      List<RecordedEvent> events =
          recorded(
              () -> {
                MigrationRunner.create(
                        db.jdbi(), MigrationRegistry.builder().build(), db.options().build())
                    .setup();
                other.start();
                inside.await();
                MigrationRunner.create(db.jdbi(), one, db.options().listener(release).build()).up();
                other.join();
              });

      assertThat(events)
          .filteredOn(event -> event.getEventType().getName().endsWith(".LockWait"))
          .singleElement()
          .satisfies(
              wait -> {
                assertThat(wait.getString("waiter")).isEqualTo("Migration \"001_a\"");
                assertThat(wait.getString("holder")).startsWith("pid ");
                assertThat(wait.getBoolean("granted")).isTrue();
                assertThat(wait.getDuration()).isGreaterThan(Duration.ofMillis(500));
              });
    }
  }
}
