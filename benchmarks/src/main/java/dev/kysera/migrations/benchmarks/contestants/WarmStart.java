package dev.kysera.migrations.benchmarks.contestants;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * An application that is up: it has a pool and a {@code Jdbi} and has served a query. While another
 * request holds its connection, a contestant does its work, for which the pool opens a new one. It
 * takes the class of the contestant, the URL, the verb and its number of steps.
 */
public final class WarmStart {

  /** What it says before the contestant's turn; it waits for a line then. */
  public static final String READY = "ready";

  private static final int MOST_CONNECTIONS = 5;

  private WarmStart() {}

  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[1]);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(MOST_CONNECTIONS);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      measure(arguments, pool, Jdbi.create(pool));
    }
  }

  private static void measure(String[] arguments, DataSource pool, Jdbi jdbi) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    try (Handle request = jdbi.open()) {
      request.createQuery("select 1").mapTo(int.class).one();
      print("ready", system.getProcessCpuTime() + classes.getTotalLoadedClassCount());
      System.out.println(READY);
      awaitLine();

      long loaded = classes.getTotalLoadedClassCount();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      Contestant contestant =
          Class.forName(arguments[0])
              .asSubclass(Contestant.class)
              .getDeclaredConstructor()
              .newInstance();
      switch (arguments[2]) {
        case "up" -> contestant.up(jdbi, pool);
        case "down" -> contestant.down(pool, Integer.parseInt(arguments[3]));
        case "status" -> contestant.status(pool);
        default -> throw new IllegalArgumentException(arguments[2]);
      }
      long end = System.nanoTime();
      print("wall", end - start);
      print("cpu", system.getProcessCpuTime() - cpu);
      print("classes", classes.getTotalLoadedClassCount() - loaded);
    }
  }

  private static void awaitLine() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (in.readLine() == null) {
      throw new IOException("nobody is there to say when");
    }
  }

  private static void print(String name, long value) {
    System.out.print(name);
    System.out.print('=');
    System.out.println(value);
  }
}
