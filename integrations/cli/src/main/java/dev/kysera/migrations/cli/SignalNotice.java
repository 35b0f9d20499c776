package dev.kysera.migrations.cli;

/** Says what was going on when the process is told to end in the middle of a run. */
final class SignalNotice {

  private final Activity activity;
  private final Screen screen;
  private final Thread hook = new Thread(this::tell, "migration-signal-notice");

  private SignalNotice(Activity activity, Screen screen) {
    this.activity = activity;
    this.screen = screen;
  }

  static SignalNotice about(Activity activity, Screen screen) {
    SignalNotice notice = new SignalNotice(activity, screen);
    try {
      Runtime.getRuntime().addShutdownHook(notice.hook);
    } catch (IllegalStateException e) {
      // The process ends already, and nothing has begun.
    }
    return notice;
  }

  void end() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends; the hook has told what it has to tell.
    }
  }

  private void tell() {
    activity
        .current()
        .ifPresent(
            current -> {
              screen.endProgress();
              screen.line(
                  current.waiting()
                      ? "✗ The process was told to end while it waited for another run. Nothing was begun that is not completed and recorded."
                      : "✗ The process was told to end while %s was running. What is completed is recorded; call diagnose to see what became of that one."
                          .formatted(current.step().orElseThrow().name()));
            });
  }
}
