package dev.kysera.migrations.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.health.HealthCheck.Result;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.cli.MigrationsCli;
import dev.kysera.migrations.dropwizard.TestApplication.Settings;
import io.dropwizard.core.setup.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs as a person calls them, in a process of their own, and the health check. */
class MigrationsBundleTest {

  @TempDir private Path folder;
  private Path configuration = Path.of("");
  private String url = "";

  @BeforeEach
  void configure() throws IOException {
    url = "jdbc:h2:" + folder.resolve("app") + ";TRACE_LEVEL_FILE=0";
    configuration = folder.resolve("config.yml");
    Files.writeString(
        configuration,
        """
        database:
          driverClass: org.h2.Driver
          url: %s
          user: sa
        logging:
          level: WARN
        """
            .formatted(url));
  }

  private record Ended(int status, String out, String err) {}

  private Ended run(String... arguments) throws Exception {
    return run(false, arguments);
  }

  private Ended run(boolean failing, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dfailing=" + failing,
                "-cp",
                System.getProperty("java.class.path"),
                TestApplication.class.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    return new Ended(
        process.waitFor(),
        Files.readString(out),
        Files.readString(err).replaceAll("\\(\\d+ ms\\)", "(0 ms)"));
  }

  private List<String> history() {
    return Jdbi.create(url, "sa", "")
        .withHandle(
            h ->
                h.createQuery("select name from migrations order by 1").mapTo(String.class).list());
  }

  @Test
  void the_verbs_are_those_of_the_command_line() throws Exception {
    String file = configuration.toString();
    Ended up = run("db", "up", file);
    assertThat(up.err())
        .isEqualTo(
            """
            ↑ Running 001_a...
            ✓ 001_a completed (0 ms)
            ↑ Running 002_b...
            ✓ 002_b completed (0 ms)
            ✅ All migrations completed successfully (2 completed)
            """);
    assertThat(up.status()).isZero();
    assertThat(up.out()).isEmpty();
    assertThat(history()).containsExactly("001_a", "002_b");

    Ended status = run("db", "status", file, "--json");
    assertThat(status.status()).isZero();
    assertThat(status.out()).startsWith("{\"format\":1,\"verb\":\"status\",\"exitCode\":0,");

    Ended down = run("db", "down", "2", file, "--yes");
    assertThat(down.err()).endsWith("✅ Rollback completed successfully (2 rolled back)\n");
    assertThat(history()).isEmpty();

    Ended check = run("db", "check", file);
    assertThat(check.status()).isEqualTo(3);
    assertThat(check.err()).contains("\"001_a\" is pending.");

    Ended to = run("db", "up", "--to", "001_a", file);
    assertThat(to.status()).isZero();
    assertThat(history()).containsExactly("001_a");
  }

  @Test
  void a_migration_that_fails_ends_the_process_with_its_message() throws Exception {
    Ended failed = run(true, "db", "up", configuration.toString());

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("Migration \"003_bad\"")
        .contains("Completed before it: 001_a, 002_b. Not run: none.");
    assertThat(history()).containsExactly("001_a", "002_b");
  }

  @Test
  void help_lists_the_verbs_and_a_wrong_one_is_wrong_usage() throws Exception {
    assertThat(run("db", "help").out()).contains("rehearse").contains("baseline");
    Ended wrong = run("db", "upp", configuration.toString());
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("Unknown argument: \"upp\". Did you mean up?\n");
  }

  @Test
  void every_option_of_the_command_line_is_known() {
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(help, true, StandardCharsets.UTF_8));
    try {
      for (String verb :
          List.of(
              "up",
              "down",
              "redo",
              "reset",
              "baseline",
              "resolve",
              "accept",
              "status",
              "plan",
              "rehearse",
              "script",
              "check",
              "await",
              "diagnose",
              "setup-sql",
              "create",
              "sum")) {
        MigrationsCli.run(
            new String[] {verb, "--help"}, Jdbi.create(url), new TestApplication.Bundle()::runner);
      }
    } finally {
      System.setOut(before);
    }
    List<String> options =
        Pattern.compile("--[a-z][a-z-]+")
            .matcher(help.toString(StandardCharsets.UTF_8))
            .results()
            .map(found -> found.group())
            .filter(option -> !List.of("--help", "--version").contains(option))
            .distinct()
            .toList();
    List<String> known = new ArrayList<>(DatabaseCommand.VALUES);
    known.addAll(DatabaseCommand.FLAGS);
    assertThat(known).containsExactlyInAnyOrderElementsOf(options);
  }

  @Test
  void the_health_check_says_whether_the_database_is_current() throws Exception {
    Settings settings = new Settings();
    settings.getDatabase().setDriverClass("org.h2.Driver");
    settings.getDatabase().setUrl(url);
    settings.getDatabase().setUser("sa");
    TestApplication.Bundle bundle = new TestApplication.Bundle();
    Environment environment = new Environment("test");
    bundle.run(settings, environment);

    Result before = environment.healthChecks().runHealthCheck("db-migrations");
    assertThat(before.isHealthy()).isFalse();
    assertThat(before.getMessage()).contains("\"001_a\" is pending.");

    bundle
        .runner(Jdbi.create(url, "sa", ""), dev.kysera.migrations.MigrationOptions.defaults())
        .up();
    Result after = environment.healthChecks().runHealthCheck("db-migrations");
    assertThat(after.isHealthy()).isTrue();
    assertThat(after.getMessage()).isEqualTo("up to date");
  }

  @Test
  void a_server_may_demand_a_current_database() {
    Settings settings = new Settings();
    settings.getDatabase().setUrl(url);
    settings.getDatabase().setUser("sa");
    MigrationsBundle<Settings> strict =
        new MigrationsBundle<>() {
          @Override
          public io.dropwizard.db.PooledDataSourceFactory getDataSourceFactory(Settings given) {
            return given.getDatabase();
          }

          @Override
          protected dev.kysera.migrations.MigrationRunner runner(
              Jdbi jdbi, dev.kysera.migrations.MigrationOptions options) {
            return new TestApplication.Bundle().runner(jdbi, options);
          }

          @Override
          protected boolean checksAtStart() {
            return true;
          }
        };
    assertThatThrownBy(() -> strict.run(settings, new Environment("test")))
        .isExactlyInstanceOf(MigrationException.class)
        .hasMessageContaining("\"001_a\" is pending.");
  }
}
