namespace Testbed.Log;

/// <summary>Something found while a log directory was inspected.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="File">The file, by the name it was given to the inspection.</param>
/// <param name="Text">What, for people.</param>
public readonly record struct Finding(FindingLevel Level, string File, string Text);
