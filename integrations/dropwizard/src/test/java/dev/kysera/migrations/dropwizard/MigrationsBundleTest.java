package dev.kysera.migrations.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.health.HealthCheck.Result;
import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.cli.MigrationsCli;
import dev.kysera.migrations.dropwizard.TestApplication.Settings;
import io.dropwizard.core.setup.Bootstrap;
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
import org.eclipse.jetty.util.component.LifeCycle;
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

  private Settings settings() {
    Settings settings = new Settings();
    settings.getDatabase().setDriverClass("org.h2.Driver");
    settings.getDatabase().setUrl(url);
    settings.getDatabase().setUser("sa");
    return settings;
  }

  /** Those of this process, without the one that counts. */
  private int connections() {
    return Jdbi.create(url, "sa", "")
        .withHandle(
            h ->
                h.createQuery("select count(*) - 1 from information_schema.sessions")
                    .mapTo(Integer.class)
                    .one());
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

    Ended status = run("db", "status", "--json", file);
    assertThat(status.status()).isZero();
    assertThat(status.out()).startsWith("{\"format\":1,\"verb\":\"status\",\"exitCode\":0,");

    Ended down = run("db", "down", "2", "--yes", "--config", file);
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
    assertThat(
            failed
                .err()
                .replaceAll(" \\(dev\\.kysera[^)]*\\) failed", " (class) failed")
                .replaceAll("At: .*", "At: line"))
        .isEqualTo(
            """
            ↑ Running 001_a...
            ✓ 001_a completed (0 ms)
            ↑ Running 002_b...
            ✓ 002_b completed (0 ms)
            ↑ Running 003_bad...
            ✗ 003_bad failed: Table "NOWHERE" not found [42102-252] (SQLState 42S02)
            Migration "003_bad" (class) failed while migrating up: Table "NOWHERE" not found [42102-252] (SQLState 42S02)
            Certain: nothing of it was committed, it is not executed.
            Completed before it: 001_a, 002_b. Not run: none.
            Next: mend the migration and run up() again.
            At: line
            """);
    assertThat(history()).containsExactly("001_a", "002_b");
  }

  @Test
  void help_is_that_of_the_command_line() throws Exception {
    Ended all = run("db", "help");
    assertThat(all.status()).isZero();
    assertThat(all.out()).isEqualTo(help("--help"));

    Ended up = run("db", "up", "--help");
    assertThat(up.status()).isZero();
    assertThat(up.out()).startsWith("Usage: migrations up").isEqualTo(help("up", "--help"));

    Ended list = run("db", "--help");
    assertThat(list.status()).isZero();
    assertThat(list.out()).contains("{" + String.join(",", DatabaseCommand.VERBS) + ",help}");
  }

  @Test
  void wrong_usage_has_the_status_and_the_words_of_the_command_line() throws Exception {
    Ended option = run("db", "up", "--too", "001_a", configuration.toString());
    assertThat(option.status()).isEqualTo(2);
    assertThat(option.err()).isEqualTo("Unknown option: \"--too\"\nTry: up --help\n");

    assertThat(run("db", "up", configuration.toString()).status()).isZero();
    Ended consent = run("db", "down", "2", configuration.toString());
    assertThat(consent.status()).isEqualTo(2);
    assertThat(consent.err()).contains("--yes");
    assertThat(history()).containsExactly("001_a", "002_b");
  }

  @Test
  void a_wrong_verb_and_a_wrong_configuration_are_told_by_dropwizard() throws Exception {
    Ended verb = run("db", "upp", configuration.toString());
    assertThat(verb.status()).isEqualTo(1);
    assertThat(verb.err()).startsWith("invalid choice: 'upp' (choose from 'up',");

    Files.writeString(configuration, "databas: {}\n");
    Ended wrong = run("db", "up", configuration.toString());
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err())
        .contains(configuration + " has an error:\n  * Unrecognized field at: databas\n");
    assertThat(folder.resolve("app.mv.db")).doesNotExist();
  }

  @Test
  void a_database_that_cannot_be_reached_is_told_by_the_command_line() throws Exception {
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace(url, url + ";IFEXISTS=TRUE")
            .replace("level: WARN", "level: OFF"));
    Ended up = run("db", "up", "--json", configuration.toString());
    assertThat(up.status()).isEqualTo(1);
    assertThat(up.out())
        .startsWith("{\"format\":1,\"verb\":\"up\",\"exitCode\":1,\"result\":null,")
        .contains("not found");
    assertThat(up.err()).contains("not found").doesNotContain("\tat ");
  }

  @Test
  void verbs_that_need_no_database_need_no_configuration() throws Exception {
    Ended completion = run("db", "completion", "app-db");
    assertThat(completion.status()).isZero();
    assertThat(completion.out()).isEqualTo(help("completion", "app-db"));
  }

  @Test
  void every_verb_and_every_flag_of_the_command_line_is_known() {
    List<String> verbs = found("(?m)^  ([a-z][a-z-]+) ", help("--help"));
    assertThat(DatabaseCommand.VERBS).containsExactlyInAnyOrderElementsOf(verbs);

    List<String> flags =
        verbs.stream()
            .flatMap(verb -> found("(--[a-z][a-z-]+)(?![a-z=-])", help(verb, "--help")).stream())
            .distinct()
            .filter(flag -> !List.of("--help", "--version").contains(flag))
            .toList();
    assertThat(CommandWords.FLAGS).containsExactlyInAnyOrderElementsOf(flags);
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  /** What the command line itself prints. */
  private String help(String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      MigrationsCli.run(arguments, Jdbi.create(url), new TestApplication.Bundle()::runner);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_migrations_see_what_the_application_sees() throws Exception {
    Jdbi.create(url, "sa", "").useHandle(h -> h.execute("create schema tenant"));
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace("  user: sa", "  user: sa\n  initializationQuery: set schema tenant"));
    assertThat(run("db", "up", configuration.toString()).status()).isZero();
    assertThat(
            Jdbi.create(url, "sa", "")
                .<List<String>, RuntimeException>withHandle(
                    h ->
                        h.createQuery("select name from tenant.migrations order by 1")
                            .mapTo(String.class)
                            .list()))
        .containsExactly("001_a", "002_b");

    Settings settings = settings();
    settings.getDatabase().setInitializationQuery("set schema tenant");
    Environment environment = new Environment("test");
    new TestApplication.Bundle().run(settings, environment);
    assertThat(environment.healthChecks().runHealthCheck("db-migrations").isHealthy()).isTrue();
    assertThat(settings.getDatabase().getMaxSize()).isEqualTo(100);
    assertThat(settings.getDatabase().getInitialSize()).isEqualTo(10);
    assertThat(connections()).isEqualTo(1);

    for (LifeCycle managed : environment.lifecycle().getManagedObjects()) {
      managed.start();
      managed.stop();
    }
    assertThat(connections()).isZero();
  }

  @Test
  void the_health_check_says_whether_the_database_is_current() throws Exception {
    Settings settings = settings();
    TestApplication.Bundle bundle = new TestApplication.Bundle();
    Environment environment = new Environment("test");
    bundle.run(settings, environment);

    Result before = environment.healthChecks().runHealthCheck("db-migrations");
    assertThat(before.isHealthy()).isFalse();
    assertThat(before.getMessage())
        .isEqualTo(
            """
            The database is not what the code expects:
            - "001_a" is pending.
            - "002_b" is pending.
            Nothing was changed by this check. Next: what is pending is executed by up(); awaitCurrent(Duration) waits for a process that does so.""");

    bundle
        .runner(Jdbi.create(url, "sa", ""), dev.kysera.migrations.MigrationOptions.defaults())
        .up();
    Result after = environment.healthChecks().runHealthCheck("db-migrations");
    assertThat(after.isHealthy()).isTrue();
    assertThat(after.getMessage()).isEqualTo("up to date");
  }

  @Test
  void a_server_may_demand_a_current_database() {
    Settings settings = settings();
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
    assertThat(connections()).isZero();
  }

  @Test
  void an_application_with_two_databases_has_two_names() throws Exception {
    MigrationsBundle<Settings> stock =
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
          protected String name() {
            return "stock";
          }
        };
    Bootstrap<Settings> bootstrap = new Bootstrap<>(new TestApplication());
    bootstrap.addBundle(new TestApplication.Bundle());
    bootstrap.addBundle(stock);
    assertThat(bootstrap.getCommands()).extracting(c -> c.getName()).containsExactly("db", "stock");

    Environment environment = new Environment("test");
    bootstrap.run(settings(), environment);
    assertThat(environment.healthChecks().getNames()).contains("db-migrations", "stock-migrations");
  }
}
