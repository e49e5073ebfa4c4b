using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>Answers the requests of one API.</summary>
public interface IRequestHandler
{
    ApiKey Api { get; }

    /// <summary>
    /// Reads the body and answers the exchange, at once or later. A body that is no message throws
    /// <see cref="MalformedMessageException"/> before anything has changed.
    /// </summary>
    void Handle(Exchange exchange);
}
