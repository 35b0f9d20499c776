package formatted;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(estimatedMillis = 1_500l, value = ("006_" + "switches"))
public class Switches implements JdbiMigration {
  enum Colour { RED, GREEN { @Override int code() { return 0X2F; } }, BLUE,; int code() { return 1; } }
  enum Plain { A, B, }
  enum Ended { A, B; }
  enum Single {X}
  static final int ONE = 1, TWO = ONE + 1;

  @Override
  public void up(Handle handle) {
    Object any = ONE;
    switch (handle.hashCode()) { case ONE: case TWO: handle.execute("1"); break; case 'c': { handle.execute("c"); } default: handle.execute("d"); }
    String s = switch (Colour.RED) { case RED, GREEN -> "r"; case BLUE -> { String t = "b"; yield t + "u"; } };
    int i = switch (s) { case "r", "g": yield 1; case "b": default: yield (2); };
    if (any instanceof String text && !text.isEmpty()) handle.execute(text); else if (any instanceof final Integer n && n > 3) { handle.execute("n" + n); }
    if (!(any instanceof String other)) { return; }
    outer:
    for (;;) { inner: while (true) { do { if (i++ > 3) break outer; else continue inner; } while (i < 10); } }
    ;
    ;;
    if (i == 0) ; else ;
    assert i > 0 : "positive: " + i;
    synchronized (this) { i = i > 0 ? i < 5 ? 1 : 2 : 3; }
    long l = 10l + 0xCAFEl + 0b1010_1010L + 0777 + 1__000;
    double d = 1. + .5 + 1e10 + 1E-5f + 0x1.8p1 + 0X1P-3 + 1D + 2d + 3.0F;
    char[] c = {'a', '\u0041', '\'', '"', '\\', '\t', '\7', '\s'};
    handle.execute(other + l + d + c.length + (char) 65 + (-1) + ((i)) + (int) +1.5);
  }

  @Override
  public void down(Handle handle) { switch (1) { case 1 -> handle.execute("one"); default -> throw new IllegalStateException(); } }
}
