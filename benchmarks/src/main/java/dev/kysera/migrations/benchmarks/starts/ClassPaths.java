package dev.kysera.migrations.benchmarks.starts;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the jars of an artifact and of all that it needs, among those on our own class path. */
final class ClassPaths {

  private static final String OURS = "dev.kysera:kysera-migrations-";
  private static final int INDENT = 3;

  /**
   * What each artifact, {@code groupId:artifactId}, needs, by the tree that the build has written.
   */
  private final Map<String, Set<String>> needs = new HashMap<>();

  private final Map<String, String> versions = new HashMap<>();

  private ClassPaths() {}

  static ClassPaths read() throws IOException {
    ClassPaths paths = new ClassPaths();
    try (InputStream tree = ClassPaths.class.getResourceAsStream("/dependencies.txt")) {
      if (tree == null) {
        throw new IllegalStateException("the build has not written dependencies.txt");
      }
      List<String> parents = new ArrayList<>();
      for (String line : new String(tree.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        paths.add(line, parents);
      }
    }
    return paths;
  }

  private void add(String line, List<String> parents) {
    int start = 0;
    while ("+-\\| (".indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    int depth = (line.charAt(start - (start > 0 ? 1 : 0)) == '(' ? start - 1 : start) / INDENT;
    String[] parts = line.substring(start).split("[: )]", -1);
    String artifact = parts[0] + ":" + parts[1];
    versions.put(artifact, parts[3]);
    needs.putIfAbsent(artifact, new LinkedHashSet<>());
    parents.subList(depth, parents.size()).clear();
    if (depth > 0) {
      needs.computeIfAbsent(parents.get(depth - 1), key -> new LinkedHashSet<>()).add(artifact);
    }
    parents.add(artifact);
  }

  /** Returns them and all that they need, without what is excepted and what only that needs. */
  Set<String> closure(Collection<String> artifacts, Set<String> except) {
    Set<String> closure = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(artifacts);
    while (!open.isEmpty()) {
      String artifact = open.remove(0);
      if (!except.contains(artifact) && closure.add(artifact)) {
        open.addAll(needs.getOrDefault(artifact, Set.of()));
      }
    }
    return closure;
  }

  /** Returns where an artifact is on our own class path. */
  Path path(String artifact) {
    String id = artifact.substring(artifact.indexOf(':') + 1);
    String jar = id + "-" + versions.get(artifact) + ".jar";
    String folder =
        artifact.startsWith(OURS)
            ? artifact.substring(OURS.length())
                + File.separator
                + "target"
                + File.separator
                + "classes"
            : jar;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith(File.separator + jar) || entry.endsWith(File.separator + folder)) {
        return Path.of(entry);
      }
    }
    throw new IllegalStateException(jar + " is not on the class path");
  }

  /** Returns the paths of them and of all that they need. */
  List<String> paths(Collection<String> artifacts) {
    return closure(artifacts, Set.of()).stream().map(this::path).map(Path::toString).toList();
  }

  /** Returns where our own classes are. */
  static String own() {
    return Path.of(
            URI.create(
                ClassPaths.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
