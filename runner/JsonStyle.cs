using System.Text.Encodings.Web;
using System.Text.Json;

namespace Testbed.Runner;

/// <summary>How the program writes and reads JSON.</summary>
internal static class JsonStyle
{
    /// <summary>Letters stay letters: this is no web page.</summary>
    public static readonly JsonWriterOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonDocumentOptions Reading = new() { AllowTrailingCommas = false, MaxDepth = 16 };
}
