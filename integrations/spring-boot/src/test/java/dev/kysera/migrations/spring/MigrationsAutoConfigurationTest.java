package dev.kysera.migrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

/** Real contexts on real databases. */
class MigrationsAutoConfigurationTest {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  static final MigrationRegistry USERS =
      MigrationRegistry.builder()
          .add("001_users", h -> h.execute("create table users (id int)"))
          .build();

  /** Needs the schema while it is made. */
  static final class Users {
    final int count;

    Users(int count) {
      this.count = count;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {
    // Declared before the migrations, on purpose.
    @Bean
    Users usersByTemplate(JdbcTemplate template) {
      Integer count = template.queryForObject("select count(*) from users", Integer.class);
      return new Users(count == null ? -1 : count);
    }

    @Bean
    Users usersByJdbi(Jdbi jdbi) {
      return new Users(
          jdbi.withHandle(
              h -> h.createQuery("select count(*) from users").mapTo(Integer.class).one()));
    }

    @Bean
    Jdbi jdbi(DataSource dataSource) {
      return Jdbi.create(dataSource);
    }

    @Bean
    MigrationRunnerFactory migrations() {
      return (jdbi, options) -> MigrationRunner.create(jdbi, USERS, options);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Failing {
    @Bean
    MigrationRunnerFactory migrations() {
      MigrationRegistry bad =
          MigrationRegistry.builder()
              .add("001_users", h -> h.execute("create table users (id int)"))
              .add("002_bad", h -> h.execute("insert into nowhere values (1)"))
              .build();
      return (jdbi, options) -> MigrationRunner.create(jdbi, bad, options);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class TwoDatabases {
    static final String ORDERS = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    static final String STOCK = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    private static DataSource h2(String url) {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL(url);
      return source;
    }

    @Bean
    @Qualifier("orders")
    DataSource first() {
      return h2(ORDERS);
    }

    @Bean
    DataSource stock() {
      return h2(STOCK);
    }

    @Bean
    @Qualifier("orders")
    MigrationRunnerFactory orderMigrations() {
      MigrationRegistry orders =
          MigrationRegistry.builder()
              .add("001_orders", h -> h.execute("create table orders (id int)"))
              .build();
      return (jdbi, options) -> MigrationRunner.create(jdbi, orders, options);
    }

    @Bean
    @Qualifier("stock")
    MigrationRunnerFactory stockMigrations() {
      MigrationRegistry stock =
          MigrationRegistry.builder()
              .add("001_stock", h -> h.execute("create table stock (id int)"))
              .build();
      return (jdbi, options) -> MigrationRunner.create(jdbi, stock, options);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WrongQualifier extends TwoDatabases {
    @Bean
    @Qualifier("invoices")
    MigrationRunnerFactory invoiceMigrations() {
      return (jdbi, options) -> MigrationRunner.create(jdbi, USERS, options);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class NoQualifier extends TwoDatabases {
    @Bean
    MigrationRunnerFactory someMigrations() {
      return (jdbi, options) -> MigrationRunner.create(jdbi, USERS, options);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Lazily {
    static final List<String> MADE = new ArrayList<>();

    @Bean
    @Lazy
    StringBuilder expensive() {
      MADE.add("expensive");
      return new StringBuilder("row");
    }

    @Bean
    MigrationRunnerFactory lazyMigrations(ObjectProvider<StringBuilder> dependency) {
      MigrationRegistry registry =
          MigrationRegistry.builder()
              .add(
                  "001_users",
                  h -> {
                    MADE.add("001_users");
                    h.execute("create table users (id int)");
                  })
              .add(
                  "002_rows",
                  h -> {
                    MADE.add("002_rows");
                    h.execute("create table t (name varchar(50))");
                    h.execute("insert into t values (?)", dependency.getObject().toString());
                  })
              .build();
      return (jdbi, options) -> MigrationRunner.create(jdbi, registry, options);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WithMeters extends App {
    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    MigrationOptions base() {
      return MigrationOptions.builder().tableName("my_history").build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Empty {}

  private ConfigurableApplicationContext start(Class<?> app, String... properties) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--spring.datasource.url=" + url, "--spring.datasource.username=sa"));
    arguments.addAll(List.of(properties));
    return new SpringApplicationBuilder(app)
        .properties("spring.main.banner-mode=off", "spring.main.web-application-type=none")
        .run(arguments.toArray(String[]::new));
  }

  private List<String> executed() {
    return MigrationRunner.create(Jdbi.create(url, "sa", ""), USERS).executedMigrations();
  }

  @Test
  void what_needs_the_schema_is_made_behind_the_migrations() {
    try (ConfigurableApplicationContext context = start(App.class)) {
      assertThat(context.getBean("usersByTemplate", Users.class).count).isZero();
      assertThat(context.getBean("usersByJdbi", Users.class).count).isZero();
      assertThat(executed()).containsExactly("001_users");
    }
  }

  @Test
  void a_migration_that_fails_stops_the_application_with_its_message() {
    Throwable failure = catchThrowable(() -> start(Failing.class));

    FailureAnalysis analysis = new MigrationFailureAnalyzer().analyze(failure);
    assertThat(analysis).isNotNull();
    assertThat(analysis.getDescription())
        .startsWith("Migration \"002_bad\"")
        .contains("Table \"NOWHERE\" not found")
        .endsWith("Completed before it: 001_users. Not run: none.");
    assertThat(analysis.getAction()).isEqualTo("mend the migration and run up() again.");
    assertThat(executed()).containsExactly("001_users");
  }

  @Test
  void mode_check_stops_unless_the_database_is_current() {
    assertThat(catchThrowable(() -> start(App.class, "--kysera.migrations.mode=check")))
        .rootCause()
        .hasMessageContaining("\"001_users\" is pending.");
    assertThat(executed()).isEmpty();

    MigrationRunner.create(Jdbi.create(url, "sa", ""), USERS).up();
    start(App.class, "--kysera.migrations.mode=check").close();
  }

  @Test
  void mode_await_waits_and_mode_off_does_nothing() {
    assertThat(
            catchThrowable(
                () ->
                    start(
                        App.class,
                        "--kysera.migrations.mode=await",
                        "--kysera.migrations.await-timeout=0s")))
        .rootCause()
        .hasMessageContaining("\"001_users\" is pending.");
    start(Failing.class, "--kysera.migrations.mode=off").close();
    assertThat(executed()).isEmpty();
  }

  @Test
  void each_data_source_has_its_migrations_by_qualifier_or_name() {
    try (ConfigurableApplicationContext context = start(TwoDatabases.class)) {
      assertThat(
              MigrationRunner.create(Jdbi.create(TwoDatabases.ORDERS), USERS).executedMigrations())
          .containsExactly("001_orders");
      assertThat(
              MigrationRunner.create(Jdbi.create(TwoDatabases.STOCK), USERS).executedMigrations())
          .containsExactly("001_stock");
      assertThat(context.getBean(DatabaseMigrations.class).runners())
          .containsOnlyKeys("orderMigrations", "stockMigrations");
    }
  }

  @Test
  void a_data_source_that_is_not_clear_is_an_error_that_says_what_to_write() {
    FailureAnalysis wrong =
        new MigrationFailureAnalyzer().analyze(catchThrowable(() -> start(WrongQualifier.class)));
    assertThat(wrong.getDescription())
        .isEqualTo(
            "There is no data source with the qualifier or the name \"invoices\" for the"
                + " MigrationRunnerFactory \"invoiceMigrations\"; there is first, stock.");
    assertThat(wrong.getAction()).isEqualTo("correct the @Qualifier.");

    FailureAnalysis none =
        new MigrationFailureAnalyzer().analyze(catchThrowable(() -> start(NoQualifier.class)));
    assertThat(none.getDescription())
        .isEqualTo(
            "There are several data sources (first, stock), and nothing says which of them"
                + " \"someMigrations\" migrates.");
    assertThat(none.getAction())
        .isEqualTo(
            "put the @Qualifier of its data source, or the name of that bean, on the"
                + " MigrationRunnerFactory \"someMigrations\", or make one data source @Primary.");
  }

  @Test
  void dependencies_are_made_when_a_migration_needs_them() {
    Lazily.MADE.clear();
    start(Lazily.class).close();
    assertThat(Lazily.MADE).containsExactly("001_users", "002_rows", "expensive");
  }

  @Test
  void health_and_the_endpoint_tell_the_state() {
    try (ConfigurableApplicationContext context =
        start(App.class, "--management.endpoints.web.exposure.include=*")) {
      MigrationsHealthOfBoot3 health = context.getBean(MigrationsHealthOfBoot3.class);
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      assertThat(health.health().getDetails()).isEqualTo(Map.of("migrations", "up to date"));

      MigrationsEndpoint.State state =
          new MigrationsEndpoint(context.getBean(DatabaseMigrations.class))
              .migrations()
              .get("migrations");
      assertThat(state.executed()).extracting("name").containsExactly("001_users");
      assertThat(state.pending()).isEmpty();

      Jdbi.create(url, "sa", "").useHandle(h -> h.execute("delete from migrations"));
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.health().getDetails().get("migrations").toString())
          .contains("\"001_users\" is pending.");
    }
  }

  @Test
  void meters_and_options_are_beans() {
    try (ConfigurableApplicationContext context = start(WithMeters.class)) {
      MeterRegistry meters = context.getBean(MeterRegistry.class);
      assertThat(
              meters
                  .get("kysera.migrations.migration")
                  .tags("name", "001_users", "direction", "up", "outcome", "completed")
                  .timer()
                  .count())
          .isEqualTo(1);
      assertThat(
              meters
                  .get("kysera.migrations.run")
                  .tags("direction", "up", "outcome", "completed")
                  .timer()
                  .count())
          .isEqualTo(1);
      MigrationMeters listener = context.getBean(MigrationMeters.class);
      for (int seconds : new int[] {1, 11, 21, 1}) { // a wait of 21 s, and another one
        listener.waitingForLock(Duration.ofSeconds(seconds), Optional.empty());
      }
      assertThat(meters.get("kysera.migrations.lock.wait").counter().count()).isEqualTo(22.0);
      List<String> names =
          Jdbi.create(url, "sa", "")
              .withHandle(
                  h ->
                      h.createQuery("select \"NAME\" from \"my_history\"")
                          .mapTo(String.class)
                          .list());
      assertThat(names).containsExactly("001_users");
    }
  }

  @Test
  void two_instances_may_start_at_once() throws Exception {
    Callable<ConfigurableApplicationContext> starting = () -> start(App.class);
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<ConfigurableApplicationContext> started :
          threads.invokeAll(List.of(starting, starting))) {
        started.get().close();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(executed()).containsExactly("001_users");
  }

  @Test
  void without_a_factory_nothing_is_configured() {
    try (ConfigurableApplicationContext context = start(Empty.class)) {
      assertThat(context.getBeansOfType(DatabaseMigrations.class)).isEmpty();
    }
  }
}
