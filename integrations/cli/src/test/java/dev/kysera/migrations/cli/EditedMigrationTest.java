package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.cli.Session.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the verbs make of a migration that was edited after it was executed. */
class EditedMigrationTest {

  private static final String WARNING =
      "⚠️ 001_a has changed since it was executed: the database holds what it was then. Undo the"
          + " edit, or, if it is right as it is now, say so by"
          + " runner.maintenance().accept(\"001_a\", \"why\")\n";

  private final Session session = new Session(code('a', "001_a"));

  @BeforeEach
  void executeAndEdit() {
    session.call("up");
    session.with(code('b', "001_a"));
  }

  @AfterEach
  void end() {
    session.close();
  }

  /** Migrations that all have the same fingerprint. */
  private static MigrationRegistry code(char digit, String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      builder.add(name, handle -> {});
      lines.append(name + " 1:" + String.valueOf(digit).repeat(64) + " -\n");
    }
    return builder.build().withFingerprints(lines.toString());
  }

  @Test
  void everyVerbThatLooks_warns() {
    assertThat(session.call("check"))
        .isEqualTo(new Output(0, "", WARNING + "✅ The database is up to date\n"));
    assertThat(session.call("await"))
        .isEqualTo(new Output(0, "", WARNING + "✅ The database is up to date\n"));
    assertThat(session.call("status").out()).contains("✓ 001_a (changed since it was executed)");
    assertThat(session.call("status", "--json").out()).contains("\"verification\":\"CHANGED\"");
    session.with(code('b', "001_a", "002_b"));
    assertThat(session.call("up").err()).contains(WARNING).contains("✓ 002_b completed");
  }

  @Test
  void failOnChanged_stopsEach() {
    session.with(code('b', "001_a", "002_b"));
    for (String verb : new String[] {"up", "check", "await"}) {
      Output output = session.call(verb, "--fail-on-changed");
      assertThat(output.status()).isEqualTo(4);
      assertThat(output.err())
          .contains("\"001_a\" has changed since it was executed")
          .doesNotContain("⚠️");
    }
    assertThat(session.call("status").out()).contains("⏳ Pending: 1");
  }

  @Test
  void accept_endsIt() {
    assertThat(session.call("accept", "001_a", "--note", "a variable was renamed"))
        .isEqualTo(new Output(0, "", "✅ 001_a is accepted as it is in the code now\n"));
    assertThat(session.call("check", "--fail-on-changed").status()).isZero();
    assertThat(session.call("status", "--json").out()).contains("\"verification\":\"VERIFIED\"");
  }

  @Test
  void accept_refusesWhatItCannotDo() {
    assertThat(session.call("accept", "002_b", "--note", "x").status()).isEqualTo(2);
    assertThat(session.call("accept", "001_a").err())
        .isEqualTo("Missing required option: '--note=TEXT'\nTry: accept --help\n");
    assertThat(session.call("accept", "001_a", "--note= "))
        .isEqualTo(new Output(2, "", "--note must say why; found nothing.\nTry: accept --help\n"));
    assertThat(session.call("check", "--fail-on-changed").status()).isEqualTo(4);
  }
}
