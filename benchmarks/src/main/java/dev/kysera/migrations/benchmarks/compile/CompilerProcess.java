package dev.kysera.migrations.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.tools.ToolProvider;

/** Compiles, and tells what the whole process took for it. */
final class CompilerProcess {

  private static final double KIB_PER_MIB = 1024;

  private CompilerProcess() {}

  /** Takes the arguments of javac. */
  public static void main(String[] arguments) throws IOException {
    int outcome = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
    if (outcome != 0) {
      System.exit(outcome);
    }
    System.out.println("cpu " + cpu().toMillis());
    System.out.println("memory " + peakMemory());
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static double peakMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / KIB_PER_MIB;
  }
}
