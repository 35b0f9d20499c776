package dev.kysera.migrations.benchmarks.compile;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jdbi.v3.core.Jdbi;

/**
 * Loads a generated registry where there is a {@code Jdbi} already, as every user has, and tells
 * what that took.
 */
final class RegistryProcess {

  private static final double NANOS_PER_MILLI = 1_000_000;

  private RegistryProcess() {}

  /** Takes the name of the generated class. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Jdbi.create("jdbc:none");
    ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
    long classesBefore = loading.getTotalLoadedClassCount();
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadCpuTime();
    Class.forName(arguments[0]).getMethod("registry").invoke(null);
    long after = thread.getCurrentThreadCpuTime();
    long classesAfter = loading.getTotalLoadedClassCount();
    System.out.println("registry-cpu " + (after - before) / NANOS_PER_MILLI);
    System.out.println("registry-classes " + (classesAfter - classesBefore));
  }
}
