package dev.kysera.migrations.processor;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the tests of this package in a JVM of their own, and prints what became of them. */
final class TestRun {

  static final String CHILD = "kysera.migrations.childOfNewerJdkTest";
  static final String VERSION = "version: ";
  static final String FOUND = "found: ";
  static final String SUCCEEDED = "succeeded: ";
  static final String FAILED = "failed: ";

  private TestRun() {}

  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(TestRun.class.getPackageName()))
            .filters(includeClassNamePatterns(".*Test"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    var summary = listener.getSummary();
    PrintWriter out = new PrintWriter(System.out, true);
    summary.printFailuresTo(out);
    out.println(VERSION + Runtime.version().feature());
    out.println(FOUND + summary.getTestsFoundCount());
    out.println(SUCCEEDED + summary.getTestsSucceededCount());
    out.println(FAILED + summary.getTotalFailureCount());
    System.exit(0);
  }
}
