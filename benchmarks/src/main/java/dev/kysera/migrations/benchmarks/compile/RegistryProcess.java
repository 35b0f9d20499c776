package dev.kysera.migrations.benchmarks.compile;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;

/** Loads a generated registry, the first thing of ours in its process, and tells what it took. */
final class RegistryProcess {

  private static final double NANOS_PER_MILLI = 1_000_000;

  private RegistryProcess() {}

  /** Takes the name of the generated class. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
    long classesBefore = loading.getTotalLoadedClassCount();
    long before = System.nanoTime();
    Class.forName(arguments[0]).getMethod("registry").invoke(null);
    long after = System.nanoTime();
    long classesAfter = loading.getTotalLoadedClassCount();
    System.out.println("registry-wall " + (after - before) / NANOS_PER_MILLI);
    System.out.println("registry-classes " + (classesAfter - classesBefore));
  }
}
