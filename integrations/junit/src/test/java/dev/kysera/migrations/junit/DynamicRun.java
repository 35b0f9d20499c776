package dev.kysera.migrations.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * What JUnit reports of dynamic tests.
 *
 * @param results the result of each, by the names of its container and itself, in order
 */
record DynamicRun(Map<String, TestExecutionResult> results) {

  private static final AtomicReference<Supplier<Stream<DynamicNode>>> NODES =
      new AtomicReference<>();

  static final class Tests {
    @TestFactory
    Stream<DynamicNode> nodes() {
      return NODES.get().get();
    }
  }

  static DynamicRun of(Supplier<Stream<DynamicNode>> nodes) {
    return of(nodes, selectClass(Tests.class), false);
  }

  /** Runs the tests at the same time. */
  static DynamicRun parallel(Supplier<Stream<DynamicNode>> nodes) {
    return of(nodes, selectClass(Tests.class), true);
  }

  /** Runs one test alone, as an IDE does. */
  static DynamicRun single(Supplier<Stream<DynamicNode>> nodes, int container, int test) {
    return of(
        nodes,
        selectUniqueId(
            "[engine:junit-jupiter]/[class:%s]/[test-factory:nodes()]/[dynamic-container:#%d]/[dynamic-test:#%d]"
                .formatted(Tests.class.getName(), container, test)),
        false);
  }

  private static DynamicRun of(
      Supplier<Stream<DynamicNode>> nodes, DiscoverySelector selector, boolean parallel) {
    NODES.set(nodes);
    Map<String, TestExecutionResult> results = new LinkedHashMap<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selector)
        .configurationParameter(
            "junit.jupiter.execution.parallel.enabled", String.valueOf(parallel))
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .execute()
        .allEvents()
        .finished()
        .stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .forEach(
            event -> results.put(name(event), event.getRequiredPayload(TestExecutionResult.class)));
    return new DynamicRun(results);
  }

  private static String name(Event event) {
    TestDescriptor test = event.getTestDescriptor();
    return test.getParent().map(TestDescriptor::getDisplayName).orElse("")
        + " > "
        + test.getDisplayName();
  }

  List<String> successful() {
    return names(Status.SUCCESSFUL);
  }

  List<String> failed() {
    return names(Status.FAILED);
  }

  List<String> aborted() {
    return names(Status.ABORTED);
  }

  /** What a test says that did not succeed. */
  String message(String test) {
    return String.valueOf(results.get(test).getThrowable().orElseThrow().getMessage());
  }

  /** What every test says that did not succeed. */
  String texts() {
    return Stream.concat(failed().stream(), aborted().stream())
        .map(test -> "%s:%n%s%n".formatted(test, message(test)))
        .collect(Collectors.joining());
  }

  private List<String> names(Status status) {
    return results.entrySet().stream()
        .filter(result -> result.getValue().getStatus() == status)
        .map(Map.Entry::getKey)
        .toList();
  }
}
