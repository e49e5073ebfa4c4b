using Testbed.Wire.Messages;

namespace Testbed.Wire;

/// <summary>An answer as it goes over a connection; drawn in <see cref="RequestFrame"/>.</summary>
public static class ResponseFrame
{
    /// <summary>
    /// Reads the header behind the size, of the answer to a request of this API and version.
    /// </summary>
    public static ResponseHeader ReadHeader(ref WireReader reader, ApiKey key, short version) =>
        ResponseHeader.Read(ref reader, ApiCatalogue.Of(key).ResponseHeaderVersion(version));

    /// <summary>Writes size, header and body.</summary>
    public static void Write(WireWriter writer, int correlationId, IResponse response, short version)
    {
        var headerVersion = ApiCatalogue.Of(response.ApiKey).ResponseHeaderVersion(version);
        writer.BeginFrame();
        writer.WriteInt32(correlationId);
        if (headerVersion > 0)
        {
            writer.WriteUnknownTags(null);
        }
        response.Write(writer, version);
        writer.EndFrame();
    }
}
