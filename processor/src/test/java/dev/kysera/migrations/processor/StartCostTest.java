package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * What it costs to start with many executed migrations, from the generated class to the database.
 */
class StartCostTest {

  private static final int MIGRATIONS = 1000;
  private static final String URL = "jdbc:h2:mem:start;DB_CLOSE_DELAY=-1";

  @Test
  void runner_withEverythingExecuted_sendsOneSelectAndLoadsNoMigration() throws Exception {
    JavaFileObject[] sources =
        IntStream.rangeClosed(1, MIGRATIONS)
            .mapToObj(i -> Compilations.migration("app.M" + i, "%04d_m".formatted(i)))
            .toArray(JavaFileObject[]::new);
    Compilation compilation = Compilations.compile(sources);
    assertThat(
            new LoadedMigrations(compilation, "app.Migrations")
                .runner(Jdbi.create(URL))
                .up()
                .completed())
        .hasSize(MIGRATIONS);
    LoadedMigrations fresh = new LoadedMigrations(compilation, "app.Migrations");
    List<String> statements = new ArrayList<>();

    assertThat(fresh.runner(Jdbi.create(recording(statements))).up().outcomes()).isEmpty();

    assertThat(statements).hasSize(1);
    assertThat(statements.get(0)).startsWith("SELECT ");
    assertThat(fresh.loadedClasses())
        .containsExactlyInAnyOrder("app.Migrations", "app.Migrations$Definitions0");
  }

  private static ConnectionFactory recording(List<String> statements) {
    return () -> {
      Connection connection = DriverManager.getConnection(URL);
      return (Connection)
          Proxy.newProxyInstance(
              StartCostTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().contains("Statement") || method.getName().contains("Call")) {
                  statements.add(arguments == null ? method.getName() : (String) arguments[0]);
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    };
  }
}
