namespace Testbed.Foundation;

/// <summary>
/// A fact the engine reports: elected, appended, truncated, high watermark moved... A small readonly struct
/// named after what has happened, in the past tense.
/// </summary>
public interface ITraceEvent
{
    /// <summary>The fact in kebab-case, as trace lines show it: high-watermark-moved.</summary>
    string Name { get; }

    /// <summary>Tells the fields, always all of them and in the same order.</summary>
    void Describe(ITraceFields fields);
}
