package dev.kysera.migrations.benchmarks.contestants;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Counts what goes through a {@link DataSource}; a batch is one statement. */
final class CountingDataSource {

  private final DataSource dataSource;
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong statements = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();

  CountingDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  DataSource counted() {
    return (DataSource) counted(DataSource.class, dataSource);
  }

  void print() {
    System.out.println("connections=" + connections);
    System.out.println("statements=" + statements);
    System.out.println("commits=" + commits);
  }

  private Object counted(Class<?> type, Object target) {
    return Proxy.newProxyInstance(
        CountingDataSource.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          count(method.getName());
          try {
            Object result = method.invoke(target, arguments);
            Class<?> returned = method.getReturnType();
            return result != null && isCounted(returned) ? counted(returned, result) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static boolean isCounted(Class<?> type) {
    return type == Connection.class || Statement.class.isAssignableFrom(type);
  }

  private void count(String method) {
    switch (method) {
      case "getConnection" -> connections.incrementAndGet();
      case "commit" -> commits.incrementAndGet();
      case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch" ->
          statements.incrementAndGet();
      default -> {}
    }
  }
}
