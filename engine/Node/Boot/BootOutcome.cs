namespace Testbed.Node.Boot;

/// <summary>How a start ended: ready, or one sentence that names the setting and the fix.</summary>
public readonly record struct BootOutcome(string? Problem)
{
    public bool IsReady => Problem is null;
}
