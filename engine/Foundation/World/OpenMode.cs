namespace Testbed.Foundation;

/// <summary>How a file is opened.</summary>
public enum OpenMode
{
    /// <summary>The file must exist.</summary>
    Existing,

    /// <summary>An empty file is made when there is none.</summary>
    OpenOrCreate,

    /// <summary>An empty file, whatever was there before.</summary>
    CreateEmpty,
}
