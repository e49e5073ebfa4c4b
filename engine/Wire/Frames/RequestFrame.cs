using Testbed.Wire.Messages;

namespace Testbed.Wire;

/// <summary>
/// A request or response as it goes over a connection.
/// <code>
/// int32 size | request header (api key, api version, correlation id, client id) | body
/// int32 size | response header (correlation id)                                 | body
/// </code>
/// </summary>
public static class RequestFrame
{
    /// <summary>
    /// Reads the header behind the size. Its version follows from the API and version it names, known to us
    /// or not in that version (ApiVersions is answered in any case, KIP-511). An unknown API is malformed.
    /// </summary>
    public static RequestHeader ReadHeader(ref WireReader reader)
    {
        var ahead = reader;
        var key = ahead.ReadInt16();
        var version = ahead.ReadInt16();
        if (!ApiCatalogue.TryFind(key, out var entry))
        {
            throw reader.Malformed(MalformedReason.UnknownApi);
        }
        return RequestHeader.Read(ref reader, entry.RequestHeaderVersion(version));
    }

    /// <summary>Writes size, header and body; the header's API key and version are filled in.</summary>
    public static void Write(WireWriter writer, RequestHeader header, IRequest request, short version)
    {
        header.RequestApiKey = (short)request.ApiKey;
        header.RequestApiVersion = version;
        writer.BeginFrame();
        header.Write(writer, ApiCatalogue.Of(request.ApiKey).RequestHeaderVersion(version));
        request.Write(writer, version);
        writer.EndFrame();
    }
}
