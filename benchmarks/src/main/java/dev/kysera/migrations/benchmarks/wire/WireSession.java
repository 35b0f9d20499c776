package dev.kysera.migrations.benchmarks.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Passes on the messages of one session, in version 3 of PostgreSQL's protocol. */
final class WireSession {

  private static final int CANCEL = 80877102;
  private static final int SSL = 80877103;
  private static final int GSS_ENCRYPTION = 80877104;

  private final Socket client;
  private final Socket server;
  private final WireTally tally;
  private final Duration delay;

  /** Whether the client has sent something since the server was ready the last time. */
  private final AtomicBoolean asked = new AtomicBoolean();

  WireSession(Socket client, Socket server, WireTally tally, Duration delay) {
    this.client = client;
    this.server = server;
    this.tally = tally;
    this.delay = delay;
  }

  void start() {
    daemon(this::fromClient);
    daemon(this::fromServer);
  }

  private void daemon(Direction direction) {
    Thread thread =
        new Thread(
            () -> {
              try (client;
                  server) {
                direction.pass();
              } catch (EOFException | SocketException e) {
                // One of the two has hung up.
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private interface Direction {
    void pass() throws IOException;
  }

  private void fromClient() throws IOException {
    DataInputStream in = input(client);
    DataOutputStream out = output(server);
    open(in, out);
    while (true) {
      int type = in.readUnsignedByte();
      byte[] body = body(in);
      if (!asked.getAndSet(true)) {
        LockSupport.parkNanos(delay.toNanos());
      }
      write(type, body, out);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /** Passes on the first message, which has no type. Encryption is refused on the server's part. */
  private void open(DataInputStream in, DataOutputStream out) throws IOException {
    byte[] body = body(in);
    int code = code(body);
    while (code == SSL || code == GSS_ENCRYPTION) {
      LockSupport.parkNanos(delay.toNanos());
      client.getOutputStream().write('N');
      body = body(in);
      code = code(body);
    }
    if (code != CANCEL) {
      tally.connection();
    }
    LockSupport.parkNanos(delay.toNanos());
    asked.set(true);
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
    out.flush();
  }

  private void fromServer() throws IOException {
    DataInputStream in = input(server);
    DataOutputStream out = output(client);
    boolean open = false;
    while (true) {
      int type = in.readUnsignedByte();
      byte[] body = body(in);
      if (type == 'Z') {
        if (asked.getAndSet(false) && open) {
          tally.roundTrip();
        }
        open = true;
      } else if (open) {
        count(type, body);
      }
      write(type, body, out);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private void count(int type, byte[] body) {
    switch (type) {
      case 'C' -> tally.statement(new String(body, 0, body.length - 1, StandardCharsets.US_ASCII));
      case 'E', 'I' -> tally.statement("");
      default -> {}
    }
  }

  private static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  private static DataOutputStream output(Socket socket) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  private static byte[] body(DataInputStream in) throws IOException {
    byte[] body = new byte[in.readInt() - Integer.BYTES];
    in.readFully(body);
    return body;
  }

  private static int code(byte[] body) {
    return ByteBuffer.wrap(body).getInt();
  }

  private static void write(int type, byte[] body, DataOutputStream out) throws IOException {
    out.write(type);
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
  }
}
