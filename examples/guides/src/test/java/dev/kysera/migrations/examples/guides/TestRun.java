package dev.kysera.migrations.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a folder, and tells of those that fail as Surefire does. */
final class TestRun implements TestExecutionListener {

  private final PrintStream out = new PrintStream(System.out, true, UTF_8);
  private boolean failed;

  private TestRun() {}

  public static void main(String[] args) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClasspathRoots(Set.of(Path.of(args[0]).toAbsolutePath())))
            .build();
    TestRun run = new TestRun();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request, run);
    System.exit(run.failed ? 1 : 0);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      failed = true;
      Throwable failure = result.getThrowable().orElseThrow();
      out.println("[ERROR] " + test.getUniqueId());
      String message = failure.getMessage();
      boolean oneLine = message == null || message.lines().count() < 2;
      out.println(oneLine ? failure : failure.getClass().getName() + ":\n" + message);
      out.println("\tat " + failure.getStackTrace()[0]);
    }
  }
}
